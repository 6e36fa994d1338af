/** Who may do what: projects, gateway keys and roles, and every change of them. */
@NullMarked
package io.weir.access;

import org.jspecify.annotations.NullMarked;
