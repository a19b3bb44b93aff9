# A static binary in an empty image: nothing else to keep patched. About 20 MB
# as pulled, about 47 MB unpacked; scripts/build.sh prints both and refuses more
# than 30 and 50.
FROM golang:1.26-bookworm AS build
ARG VERSION=unknown
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY . .
RUN scripts/build.sh /cymar "$VERSION" \
    && /cymar version --sbom > /cymar.cdx.json \
    && mkdir -p /data && chown 65532:65532 /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /cymar /cymar
COPY --from=build /cymar.cdx.json /cymar.cdx.json
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV CYMAR_DATA=/data HEALTH_ADDR=:9090
VOLUME /data
EXPOSE 3978 9090
# The file system may be read-only but for /data. Without REDIS_URL everything
# is kept in memory here, for there is no redis-server in the image.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/cymar", "health"]
ENTRYPOINT ["/cymar"]
