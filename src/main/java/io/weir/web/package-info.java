/** The dashboard: a page a file, rendered here, its view state in the URL. */
@NullMarked
package io.weir.web;

import org.jspecify.annotations.NullMarked;
