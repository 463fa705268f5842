/** JSON lines. */
package org.gristmill.sources.jsonl;
