package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The binary form: the magic with its version, then little-endian
//
//	class names (count, then length and bytes each), bias (float32 each),
//	temperature (float32), flags (byte), number of all cells, rows (count, then per row:
//	id as difference from the one before, idf, scale, cells (count, then
//	class as difference from the one before and weight each)),
//	CRC-32 of all before it.
//
// Counts and differences are unsigned varints.
const magic = "CYLM\x01"

// ErrFormat is wrapped by every error of UnmarshalBinary.
var ErrFormat = errors.New("linear: not a model that this version reads")

// MarshalBinary writes the model in its compact form.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := []byte(magic)
	b = binary.AppendUvarint(b, uint64(len(m.classes)))
	for _, c := range m.classes {
		b = binary.AppendUvarint(b, uint64(len(c)))
		b = append(b, c...)
	}
	for _, v := range m.bias {
		b = appendFloat(b, v)
	}
	b = appendFloat(b, m.temperature)
	var flags byte
	if m.unit {
		flags = 1
	}
	b = append(b, flags)
	b = binary.AppendUvarint(b, uint64(len(m.cells)))
	b = binary.AppendUvarint(b, uint64(len(m.ids)))
	var last uint32
	for i, id := range m.ids {
		b = binary.AppendUvarint(b, uint64(id-last))
		last = id
		b = m.appendRow(b, i)
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)), nil
}

func (m *Model) appendRow(b []byte, i int) []byte {
	b = appendFloat(b, m.idf[i])
	b = appendFloat(b, m.scale[i])
	cells := m.cells[m.starts[i]:m.starts[i+1]]
	b = binary.AppendUvarint(b, uint64(len(cells)))
	var last uint16
	for _, c := range cells {
		b = binary.AppendUvarint(b, uint64(c.class-last))
		b = append(b, byte(c.weight))
		last = c.class
	}
	return b
}

func appendFloat(b []byte, v float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
}

// UnmarshalBinary reads a model. Whatever the bytes, it either returns a model
// that can be used or an error that wraps ErrFormat; on error m is unchanged.
func (m *Model) UnmarshalBinary(data []byte) error {
	if len(data) < len(magic)+4 || string(data[:len(magic)]) != magic {
		return fmt.Errorf("%w: wrong beginning", ErrFormat)
	}
	body := data[:len(data)-4]
	if binary.LittleEndian.Uint32(data[len(body):]) != crc32.ChecksumIEEE(body) {
		return fmt.Errorf("%w: checksum does not match", ErrFormat)
	}
	r := &reader{b: body[len(magic):]}
	n := r.model()
	if r.err == nil && len(r.b) > 0 {
		r.fail("bytes left over")
	}
	if r.err != nil {
		return r.err
	}
	n.index()
	*m = *n
	return nil
}

// reader takes values off the front of b until something is wrong; from then
// on it returns zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail(why string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrFormat, why)
	}
	r.b = nil
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail("cut short")
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads how many things of at least size bytes follow.
func (r *reader) count(size, limit int) int {
	v := r.uvarint()
	if v > uint64(limit) || v*uint64(size) > uint64(len(r.b)) {
		r.fail("a count is too large")
		return 0
	}
	return int(v)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.fail("cut short")
		return make([]byte, n)
	}
	v := r.b[:n]
	r.b = r.b[n:]
	return v
}

func (r *reader) float() float32 {
	v := math.Float32frombits(binary.LittleEndian.Uint32(r.bytes(4)))
	if v != v || v > 1e6 || v < -1e6 {
		r.fail("a number is out of range")
		return 0
	}
	return v
}

func (r *reader) model() *Model {
	m := &Model{}
	for range r.count(5, maxClasses) {
		m.classes = append(m.classes, string(r.bytes(r.count(1, 1<<16))))
	}
	for range m.classes {
		m.bias = append(m.bias, r.float())
	}
	m.temperature = r.float()
	if len(m.classes) < 2 || m.temperature <= 0 {
		r.fail("no classes or no temperature")
	}
	m.unit = r.bytes(1)[0]&1 != 0
	m.cells = make([]cell, 0, r.count(2, math.MaxInt32))
	rows := r.count(10, maxRows)
	m.ids, m.idf, m.scale = make([]uint32, 0, rows), make([]float32, 0, rows), make([]float32, 0, rows)
	m.starts = append(make([]uint32, 0, rows+1), 0)
	var id uint64
	for i := 0; i < rows && r.err == nil; i++ {
		step := r.uvarint()
		id += step
		if id > math.MaxUint32 || step == 0 && i > 0 {
			r.fail("rows out of order")
		}
		m.ids = append(m.ids, uint32(id))
		r.row(m)
	}
	return m
}

func (r *reader) row(m *Model) {
	m.idf = append(m.idf, r.float())
	m.scale = append(m.scale, r.float())
	cells := r.count(2, len(m.classes))
	class := uint64(0)
	for range cells {
		class += r.uvarint()
		if class >= uint64(len(m.classes)) {
			r.fail("a class that is not there")
			class = 0
		}
		m.cells = append(m.cells, cell{uint16(class), int8(r.bytes(1)[0])})
	}
	m.starts = append(m.starts, uint32(len(m.cells)))
}
