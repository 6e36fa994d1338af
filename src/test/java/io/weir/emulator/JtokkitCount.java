package io.weir.emulator;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts with the real tokenizers. */
final class JtokkitCount implements TokenCount {
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    @Override
    public int count(String model, String text) {
        return encoding(model).countTokensOrdinary(text);
    }

    private static Encoding encoding(String model) {
        boolean older = model.matches("gpt-3\\.5.*|gpt-4(?:-.*)?|text-embedding-.*|babbage-.*");
        return REGISTRY.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
    }
}
