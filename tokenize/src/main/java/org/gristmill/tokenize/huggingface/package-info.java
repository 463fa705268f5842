/**
 * Files of Hugging Face's tokenizers, as its own library reads and runs them: a text is normalized,
 * cut into pieces, and each piece encoded by a model.
 */
package org.gristmill.tokenize.huggingface;
