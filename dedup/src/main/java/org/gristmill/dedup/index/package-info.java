/**
 * Sorted files, written once, that say which documents have a key and what is known of a document.
 *
 * <p>All numbers in them are big-endian and all order is unsigned, so that bytes sort as numbers
 * do. The same entries give the same bytes. Whatever is read is checked against a CRC32C first; a
 * file without its footer, which is written last, is refused.
 */
package org.gristmill.dedup.index;
