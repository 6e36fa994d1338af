/** A ChatGPT API that needs no network: it speaks the exact protocol, and never the truth. */
@NullMarked
package io.weir.emulator;

import org.jspecify.annotations.NullMarked;
