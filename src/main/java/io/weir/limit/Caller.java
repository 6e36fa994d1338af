package io.weir.limit;

import io.weir.call.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What rules know of a call.
 *
 * @param principal whose key it is made with
 * @param model that is asked for; empty where none is
 * @param user for whom; null where nobody is named
 */
public record Caller(Principal principal, String model, @Nullable String user) {}
