package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// Parcels keeps a file until the person has said where to put it, for a day
// at most.
type Parcels interface {
	// Keep puts a file away under an id of ours.
	Keep(ctx context.Context, p bot.Platform, t bot.TenantID, id string, data []byte) error
	// Parcel is the file; bot.ErrNotFound when it is not there any more.
	Parcel(ctx context.Context, p bot.Platform, t bot.TenantID, id string) ([]byte, error)
	// Drop forgets it.
	Drop(ctx context.Context, p bot.Platform, t bot.TenantID, id string) error
}

const (
	consentType  = "application/vnd.microsoft.teams.card.file.consent"
	fileInfoType = "application/vnd.microsoft.teams.card.file.info"
)

// Upload offers a file in a direct chat: Teams asks the person whether it may
// be put into their OneDrive. In a shared place a bot cannot give files.
func (a *Adapter) Upload(ctx context.Context, to bot.Place, f bot.FileRef, body io.Reader) (bot.MessageID, error) {
	if to.Kind != bot.DirectChat || a.o.Parcels == nil {
		return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("a file can only be given in a direct chat")}
	}
	data, err := io.ReadAll(io.LimitReader(body, mostFile+1))
	if err != nil || len(data) == 0 || len(data) > mostFile {
		return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("the file is empty or too large")}
	}
	id := bot.Digest(string(to.ID), f.Name, string(data))
	if err := a.o.Parcels.Keep(ctx, Platform, to.Tenant, id, data); err != nil {
		return "", &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the file cannot be kept until it is wanted")}
	}
	held := node{"parcel": id}
	return a.post(ctx, to, schema.Activity{Type: schema.Message, Summary: short(f.Name), Attachments: []schema.Attachment{{
		ContentType: consentType, Name: oneLine(f.Name), Content: node{
			"description": a.words.Say(bot.Welsh, "consent") + " / " + a.words.Say(bot.English, "consent"),
			"sizeInBytes": len(data), "acceptContext": held, "declineContext": held},
	}}})
}

// mostFile is how large a file may be, in bytes: an overview is far smaller.
const mostFile = 8 << 20

// consented is what the person said: their file goes to where Teams says, or
// is forgotten.
func (a *Adapter) consented(ctx context.Context, r reading) answer {
	var v struct {
		Action  text `json:"action"`
		Context struct {
			Parcel text `json:"parcel"`
		} `json:"context"`
		Upload struct {
			URL    text `json:"uploadUrl"`
			View   text `json:"contentUrl"`
			Name   text `json:"name"`
			ID     text `json:"uniqueId"`
			Suffix text `json:"fileType"`
		} `json:"uploadInfo"`
	}
	if json.Unmarshal(r.Value, &v) != nil || v.Context.Parcel == "" || a.o.Parcels == nil {
		return answer{http.StatusBadRequest, nil}
	}
	tenant, id := r.tenant(a.o.Tenant), string(v.Context.Parcel)
	if v.Action == "accept" {
		data, err := a.o.Parcels.Parcel(ctx, Platform, tenant, id)
		if errors.Is(err, bot.ErrNotFound) {
			return answer{http.StatusOK, nil} // given already, or a day has passed
		}
		if err == nil {
			err = a.put1(ctx, string(v.Upload.URL), data)
		}
		if err != nil {
			a.o.Log.Warn("a file could not be put where it was wanted", "platform", string(Platform))
			return answer{http.StatusServiceUnavailable, nil}
		}
		a.given(ctx, r, schema.Attachment{ContentType: fileInfoType, ContentURL: string(v.Upload.View), Name: string(v.Upload.Name),
			Content: node{"uniqueId": v.Upload.ID, "fileType": v.Upload.Suffix}})
	}
	if err := a.o.Parcels.Drop(ctx, Platform, tenant, id); err != nil {
		a.o.Log.Warn("a file that was dealt with stays until its day is over", "platform", string(Platform))
	}
	return answer{http.StatusOK, nil}
}

// given puts the file in the place of the question, so that it is not asked
// twice. That is a nicety: where it fails the file is given all the same.
func (a *Adapter) given(ctx context.Context, r reading, file schema.Attachment) {
	err := a.put(ctx, r.place(a.o.Tenant), bot.MessageID(r.ReplyToID), schema.Activity{Type: schema.Message, Attachments: []schema.Attachment{file}})
	if err != nil {
		a.o.Log.Debug("the question about a file stays", "platform", string(Platform))
	}
}

// put1 sends a file in one piece to an address that Teams gave, without our
// bearer: the address itself is the permission.
func (a *Adapter) put1(ctx context.Context, address string, data []byte) error {
	if !a.fileHost.allow(origin(address)) {
		return errors.New("the address for the file is not one of Microsoft's")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, address, bytes.NewReader(data))
	if err != nil {
		return errors.New("the address for the file cannot be used")
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(data)-1, len(data)))
	res, err := a.out.http.Do(req)
	if err != nil {
		return errors.New("the file's place cannot be reached")
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, io.LimitReader(res.Body, mostAnswer)); err != nil || res.StatusCode >= 300 {
		return fmt.Errorf("the file's place answered %d", res.StatusCode)
	}
	return nil
}

// Fetch opens a file that was dropped into a direct chat. Its address is the
// permission; our bearer is not sent.
func (a *Adapter) Fetch(ctx context.Context, f bot.FileRef) (io.ReadCloser, error) {
	if !a.fileHost.allow(origin(f.Route)) {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("the file is not at one of Microsoft's addresses")}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.Route, nil)
	if err != nil {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("the file's address cannot be used")}
	}
	res, err := a.out.http.Do(req)
	if err != nil {
		return nil, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("the file cannot be reached")}
	}
	if fault := a.out.fault(res); fault != nil {
		_ = res.Body.Close()
		return nil, fault
	}
	return res.Body, nil
}
