/** Tables as text: CSV and TSV. */
package org.gristmill.sources.csv;
