# A static binary in an empty image: nothing else to keep patched.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /cymar . \
    && mkdir -p /data && chown 65532:65532 /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /cymar /cymar
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV CYMAR_DATA=/data
VOLUME /data
# The file system may be read-only but for /data. Without REDIS_URL everything
# is kept in memory here, for there is no redis-server in the image.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["/cymar", "health"]
ENTRYPOINT ["/cymar"]
