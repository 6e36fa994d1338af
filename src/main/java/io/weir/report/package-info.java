/** Questions about calls, a file each, and the forms in which answers are given. */
@NullMarked
package io.weir.report;

import org.jspecify.annotations.NullMarked;
