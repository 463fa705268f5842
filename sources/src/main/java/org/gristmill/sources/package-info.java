/**
 * Raw bytes to documents. Here is what a {@link org.gristmill.sources.Source} is and what several
 * kinds share; each kind has a package of its own above this one, and {@code registry} stands on
 * top. No import points back.
 */
package org.gristmill.sources;
