/** Shards on disk: a writer for each format, its bytes said in its Javadoc. */
package org.gristmill.tokenize.format;
