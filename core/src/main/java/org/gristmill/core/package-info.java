/** The few types every module shares: a document, its text, hashes, and the user's mistakes. */
package org.gristmill.core;
