package linear

import (
	"encoding/binary"
	"hash/crc32"
)

// WithChecksum puts the right checksum in place of the last four bytes.
func WithChecksum(data []byte) []byte {
	if len(data) < 4 {
		return data
	}
	body := append([]byte(nil), data[:len(data)-4]...)
	return binary.LittleEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
}
