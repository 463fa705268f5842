/** What every block must obey, for the tests of whoever writes one. */
package org.gristmill.core.laws;
