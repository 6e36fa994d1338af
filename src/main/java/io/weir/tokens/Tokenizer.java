package io.weir.tokens;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/** Which encoding cuts the text of which model. */
final class Tokenizer {
    /** For models that nobody knows: OpenAI's new ones have used it since 2024. */
    static final EncodingType NEWEST = EncodingType.O200K_BASE;

    /** A model belongs to the first rule whose prefix it has. */
    private record Rule(String prefix, EncodingType encoding) {}

    // From tiktoken's model.py, narrower prefixes before wider ones.
    private static final List<Rule> RULES =
            List.of(
                    new Rule("gpt-4o", EncodingType.O200K_BASE),
                    new Rule("gpt-4.", EncodingType.O200K_BASE),
                    new Rule("gpt-4", EncodingType.CL100K_BASE),
                    new Rule("gpt-3.5", EncodingType.CL100K_BASE),
                    new Rule("gpt-35", EncodingType.CL100K_BASE),
                    new Rule("gpt-", EncodingType.O200K_BASE),
                    new Rule("chatgpt-", EncodingType.O200K_BASE),
                    new Rule("o1", EncodingType.O200K_BASE),
                    new Rule("o3", EncodingType.O200K_BASE),
                    new Rule("o4", EncodingType.O200K_BASE),
                    new Rule("codex-mini", EncodingType.O200K_BASE),
                    new Rule("computer-use", EncodingType.O200K_BASE),
                    new Rule("text-embedding-", EncodingType.CL100K_BASE),
                    new Rule("davinci-002", EncodingType.CL100K_BASE),
                    new Rule("babbage-002", EncodingType.CL100K_BASE),
                    // What these two call themselves in their answers.
                    new Rule("davinci:2023", EncodingType.CL100K_BASE),
                    new Rule("babbage:2023", EncodingType.CL100K_BASE),
                    new Rule("text-davinci-003", EncodingType.P50K_BASE),
                    new Rule("text-davinci-002", EncodingType.P50K_BASE),
                    new Rule("code-", EncodingType.P50K_BASE),
                    new Rule("text-davinci", EncodingType.R50K_BASE),
                    new Rule("text-curie", EncodingType.R50K_BASE),
                    new Rule("text-babbage", EncodingType.R50K_BASE),
                    new Rule("text-ada", EncodingType.R50K_BASE),
                    new Rule("davinci", EncodingType.R50K_BASE),
                    new Rule("curie", EncodingType.R50K_BASE),
                    new Rule("babbage", EncodingType.R50K_BASE),
                    new Rule("ada", EncodingType.R50K_BASE));

    private static final List<String> REASONING = List.of("o1", "o3", "o4", "gpt-5");

    private static final String PROVIDER = "openai/";
    private static final String FINE_TUNED = "ft:";

    private Tokenizer() {}

    /** The encoding of that model, {@link #NEWEST} where the model is unknown. */
    static EncodingType of(String model) {
        String name = bare(model);
        for (Rule rule : RULES) {
            if (name.startsWith(rule.prefix)) {
                return rule.encoding;
            }
        }
        return NEWEST;
    }

    /** Whether that model thinks before it answers, which changes the framing of a chat. */
    static boolean reasons(String model) {
        String name = bare(model);
        return REASONING.stream().anyMatch(name::startsWith);
    }

    private static String bare(String model) {
        return without(FINE_TUNED, without(PROVIDER, model));
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
