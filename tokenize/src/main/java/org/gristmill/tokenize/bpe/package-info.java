/**
 * Byte-level byte-pair encoding: bytes are cut into pieces by a pre-tokenizer, and each piece is
 * merged, pair by pair, into tokens of a vocabulary.
 *
 * <p>{@link org.gristmill.tokenize.bpe.BytePairEncoder} is the way in. Everything here works on
 * UTF-8 bytes and gives the ids of tiktoken 0.14.
 */
package org.gristmill.tokenize.bpe;
