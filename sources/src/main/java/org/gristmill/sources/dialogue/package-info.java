/** Conversations as JSON. */
package org.gristmill.sources.dialogue;
