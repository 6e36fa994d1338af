/** The analytics store: every call that has ended, in DuckDB, fed from the journal. */
@NullMarked
package io.weir.store;

import org.jspecify.annotations.NullMarked;
