/** Text to signatures, and what two signatures say about their texts. */
package org.gristmill.dedup;
