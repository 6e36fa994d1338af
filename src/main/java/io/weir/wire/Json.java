package io.weir.wire;

import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON factory and mapper that everybody shares: bounded in depth and in the length of names
 * and numbers.
 */
public final class Json {
    /** Nesting beyond this is refused: no request of the API comes near it. */
    public static final int MAX_DEPTH = 200;

    /** Reads and writes tokens; for the path of a call. */
    public static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(1_000)
                                    .maxNameLength(50_000)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    /** Reads and writes trees; for everything else. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

    /** The empty write context. */
    public static final ObjectWriteContext WRITE = ObjectWriteContext.empty();

    private Json() {}
}
