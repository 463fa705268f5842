/** Documents to verdicts: one record per {@link org.gristmill.filters.Filter}. */
package org.gristmill.filters;
