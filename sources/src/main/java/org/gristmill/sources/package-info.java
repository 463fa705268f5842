/** Raw bytes to documents: one {@link org.gristmill.sources.Source} per kind of input. */
package org.gristmill.sources;
