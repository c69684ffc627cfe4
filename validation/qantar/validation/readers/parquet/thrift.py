"""Structs of Thrift's compact protocol, in which the footers and page headers of Parquet are.

Field numbers stand for names; see ``doc/specs/thrift-compact-protocol.md`` of apache/thrift.
"""

from typing import Any, TypeAlias

Struct: TypeAlias = dict[int, Any]

_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_WHOLE = (4, 5, 6)
_DEEPEST = 12
_MOST_BITS = 63
_NO_SENSE = "its headers make no sense"


class CutShortError(ValueError):
    """A struct goes on after the bytes that were given."""


def read_struct(data: bytes) -> tuple[Struct, int]:
    """The struct at the start of some bytes, by the numbers of its fields, and its length.

    Raises CutShortError where the bytes do not reach, ValueError where they make no sense.
    """
    return _Reader(data).struct(0)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def struct(self, depth: int) -> tuple[Struct, int]:
        if depth > _DEEPEST:
            raise ValueError(_NO_SENSE)
        fields: Struct = {}
        number = 0
        while head := self.byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self.signed()
            is_flag = kind in (_TRUE, _FALSE)
            fields[number] = kind == _TRUE if is_flag else self.value(kind, depth)
        return fields, self.place

    def value(self, kind: int, depth: int) -> Any:
        if kind in _WHOLE:
            return self.signed()
        if kind == _BINARY:
            return self.bytes(self.unsigned())
        if kind == _STRUCT:
            return self.struct(depth + 1)[0]
        if kind in (_LIST, _SET):
            head = self.byte()
            count = head >> 4 if head >> 4 < 15 else self.unsigned()
            if count > len(self.data):
                raise ValueError(_NO_SENSE)
            return [self.value(head & 15, depth + 1) for _ in range(count)]
        if kind in (_TRUE, _FALSE, _BYTE):
            return self.byte()
        if kind == _DOUBLE:
            return self.bytes(8)
        raise ValueError(_NO_SENSE)

    def signed(self) -> int:
        found = self.unsigned()
        return (found >> 1) ^ -(found & 1)

    def unsigned(self) -> int:
        found = byte = self.byte()
        shift = 0
        # Most numbers are of one byte.
        while byte >= 128:
            shift += 7
            if shift > _MOST_BITS:
                raise ValueError(_NO_SENSE)
            byte = self.byte()
            found = (found & ~(-1 << shift)) | (byte << shift)
        return found

    def byte(self) -> int:
        try:
            found = self.data[self.place]
        except IndexError:
            raise CutShortError(_NO_SENSE) from None
        self.place += 1
        return found

    def bytes(self, count: int) -> bytes:
        start, self.place = self.place, self.place + count
        if self.place > len(self.data):
            raise CutShortError(_NO_SENSE)
        return self.data[start : self.place]
