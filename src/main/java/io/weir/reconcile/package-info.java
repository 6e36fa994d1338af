/** The ledger beside a provider's bill: by day, model and project, with the likely causes. */
@NullMarked
package io.weir.reconcile;

import org.jspecify.annotations.NullMarked;
