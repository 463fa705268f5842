/** The bundled model of languages: n-grams of characters, by script. */
package org.gristmill.filters.language;
