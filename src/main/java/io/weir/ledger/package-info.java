/** The journal: what happened, on disk before its answer is out, and read behind the calls. */
@NullMarked
package io.weir.ledger;

import org.jspecify.annotations.NullMarked;
