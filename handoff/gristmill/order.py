"""Shuffling without a list: a permutation that is computed one element at a time."""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache

_MASK = (1 << 64) - 1
_ROUNDS = 8


class Permutation:
    """A permutation of ``0 .. size-1`` that follows from (seed, epoch) alone, in constant memory.

    A Feistel network permutes the next power of four; a result outside the range is put through
    it again until it falls inside ("cycle walking": Black and Rogaway, Ciphers with Arbitrary
    Finite Domains, 2002), four times at most on average. Made for shuffling, not for secrecy. A
    checkpoint relies on the order, so it never changes for a given key.
    """

    def __init__(self, size: int, seed: int, epoch: int) -> None:
        if size < 0:
            raise ValueError(f"size is {size}, must be at least 0")
        self.size = size
        self._half_bits = max(1, ((size - 1).bit_length() + 1) // 2)
        self._half_mask = (1 << self._half_bits) - 1
        key = hashlib.sha512(struct.pack("<qq", seed, epoch)).digest()
        self._keys = struct.unpack(f"<{_ROUNDS}Q", key)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, position: int) -> int:
        if not 0 <= position < self.size:
            raise IndexError(f"position is {position}, must be from 0 to {self.size - 1}")
        value = self._scramble(position)
        while value >= self.size:
            value = self._scramble(value)
        return value

    def _scramble(self, value: int) -> int:
        left, right = value >> self._half_bits, value & self._half_mask
        for key in self._keys:
            left, right = right, left ^ (_mix(right ^ key) & self._half_mask)
        return left << self._half_bits | right


def _mix(x: int) -> int:
    """The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on all."""
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & _MASK
    return x ^ x >> 31


def mixed_bits(x: int) -> int:
    """A number below 2^64 that follows from another, each bit of it from all of that."""
    return _mix(x & _MASK)


@lru_cache(maxsize=1024)
def permutation(size: int, seed: int, epoch: int) -> Permutation:
    """A ``Permutation``; the last used ones are kept, for their keys cost more than an element."""
    return Permutation(size, seed, epoch)
