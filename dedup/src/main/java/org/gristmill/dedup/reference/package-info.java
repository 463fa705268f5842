/**
 * Other tools' near-duplicate signatures, bit for bit, so that what they made can be gone on with.
 */
package org.gristmill.dedup.reference;
