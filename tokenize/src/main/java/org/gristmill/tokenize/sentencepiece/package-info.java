/** Models of SentencePiece, as its own library reads and runs them. */
package org.gristmill.tokenize.sentencepiece;
