/** Text to token ids to packed, checksummed shards. */
package org.gristmill.tokenize;
