package io.weir.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces in two formats, told apart by their first line: Azure's ({@code
 * TIMESTAMP,ContextTokens,GeneratedTokens}) and a plain one ({@code
 * offset_ms,input_tokens,output_tokens[,model]}).
 *
 * @see <a href="https://github.com/Azure/AzurePublicDataset">Azure's public traces</a>
 */
public final class TraceReader {
    private static final String AZURE = "timestamp,contexttokens,generatedtokens";
    private static final String PLAIN = "offset_ms,input_tokens,output_tokens";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss[.SSSSSSS][.SSSSSS][.SSS]", Locale.ROOT);

    private final BufferedReader in;
    private long line;
    private @Nullable LocalDateTime first;

    private TraceReader(Reader in) {
        this.in = new BufferedReader(in);
    }

    /**
     * The trace in {@code in}.
     *
     * @throws BadTrace with the number of the first line that is wrong
     */
    public static Trace read(Reader in) throws IOException {
        return new TraceReader(in).trace();
    }

    private Trace trace() throws IOException {
        boolean azure = isAzure(nextLine());
        List<TraceCall> calls = new ArrayList<>();
        long last = 0;
        for (String text = nextLine(); text != null; text = nextLine()) {
            if (text.isBlank()) {
                continue;
            }
            TraceCall call = call(text.split(",", -1), azure);
            if (call.offsetMicros() < last) {
                throw bad("comes before the line above it; sort the trace by time");
            }
            last = call.offsetMicros();
            calls.add(call);
        }
        return new Trace(calls);
    }

    private boolean isAzure(@Nullable String header) {
        String names = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        if (names.equals(AZURE)) {
            return true;
        }
        if (names.equals(PLAIN) || names.equals(PLAIN + ",model")) {
            return false;
        }
        throw bad(
                "expected \"TIMESTAMP,ContextTokens,GeneratedTokens\" or \""
                        + PLAIN
                        + "[,model]\"");
    }

    private TraceCall call(String[] fields, boolean azure) {
        if (fields.length != 3 && (azure || fields.length != 4)) {
            throw bad("expected " + (azure ? "3" : "3 or 4") + " fields, found " + fields.length);
        }
        long offset = azure ? sinceFirst(fields[0]) : offset(fields[0]);
        String model = fields.length == 4 && !fields[3].isBlank() ? fields[3].strip() : null;
        return new TraceCall(offset, tokens(fields[1]), tokens(fields[2]), model);
    }

    private long sinceFirst(String field) {
        try {
            LocalDateTime time = LocalDateTime.parse(field.strip(), TIMESTAMP);
            first = first == null ? time : first;
            return ChronoUnit.MICROS.between(first, time);
        } catch (DateTimeParseException e) {
            throw bad("\"" + field + "\" is not a time like 2023-11-16 18:15:46.6805900");
        }
    }

    private long offset(String field) {
        try {
            double millis = Double.parseDouble(field.strip());
            if (millis >= 0 && millis < 1e12) {
                return Math.round(millis * 1000);
            }
        } catch (NumberFormatException e) {
            // said below, with what the field should be
        }
        throw bad("\"" + field + "\" is not a number of milliseconds");
    }

    private long tokens(String field) {
        try {
            int tokens = Integer.parseInt(field.strip());
            if (tokens >= 1) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            // said below, with what the field should be
        }
        throw bad("\"" + field + "\" is not a number of tokens, 1 or more");
    }

    private @Nullable String nextLine() throws IOException {
        line++;
        return in.readLine();
    }

    private BadTrace bad(String problem) {
        return new BadTrace(line, problem);
    }
}
