package io.weir.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a text to find those that are alike: hashes of its runs of three words, by which
 * the share of runs that two texts have in common is known. That is exact where both together have
 * no more than {@value #KEPT} runs; beyond, it is off by less than two points at nine tenths, two
 * times out of three (the smallest hashes are a random sample of both).
 */
final class PromptSketch {
    private static final int KEPT = 256;
    private static final int RUN = 3;
    private static final int BANDS = 8;
    private static final int ROWS = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern DIGIT = Pattern.compile("\\p{N}");

    private final long numbers;
    private final long[] runs;
    private final long[] bands;

    private PromptSketch(long numbers, long[] runs, long[] bands) {
        this.numbers = numbers;
        this.runs = runs;
        this.bands = bands;
    }

    /** Of a text; upper and lower case, punctuation and white space make no difference. */
    static PromptSketch of(String text) {
        List<String> words = words(text);
        long[] hashes = runs(words);
        long[] sorted = Arrays.stream(hashes).sorted().distinct().limit(KEPT).toArray();
        return new PromptSketch(numbers(words), sorted, bands(hashes));
    }

    /**
     * Texts that have nine tenths of their runs in common share one of these, but for one time in
     * 5,000.
     */
    long[] bands() {
        return bands.clone();
    }

    /**
     * The share of runs that both have of those that either has; zero where a number in one is not
     * in the other, since that is what such prompts are about.
     */
    double likeness(PromptSketch other) {
        if (numbers != other.numbers) {
            return 0;
        }
        int most = Math.min(KEPT, Math.max(runs.length, other.runs.length));
        boolean whole = runs.length < KEPT && other.runs.length < KEPT;
        int common = 0;
        int seen = 0;
        int i = 0;
        int j = 0;
        while ((whole || seen < most) && (i < runs.length || j < other.runs.length)) {
            boolean mine = j == other.runs.length || (i < runs.length && runs[i] <= other.runs[j]);
            boolean its = i == runs.length || (j < other.runs.length && other.runs[j] <= runs[i]);
            common += mine && its ? 1 : 0;
            i += mine ? 1 : 0;
            j += its ? 1 : 0;
            seen++;
        }
        return seen == 0 ? 1 : (double) common / seen;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    private static long numbers(List<String> words) {
        return words.stream()
                .filter(word -> DIGIT.matcher(word).find())
                .mapToLong(word -> mixed(word.hashCode()))
                .sum();
    }

    /** Of every three words that follow each other; of all words where they are fewer. */
    private static long[] runs(List<String> words) {
        int count = Math.max(1, words.size() - RUN + 1);
        long[] hashes = new long[count];
        for (int from = 0; from < count; from++) {
            long hash = 0;
            for (int i = from; i < Math.min(words.size(), from + RUN); i++) {
                hash = mixed(hash + words.get(i).hashCode());
            }
            hashes[from] = hash;
        }
        return hashes;
    }

    /** MinHash: the smallest of the hashes in 32 orders, four of them a band. */
    private static long[] bands(long[] hashes) {
        long[] bands = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            long sum = band;
            for (int row = 0; row < ROWS; row++) {
                sum = mixed(sum + least(hashes, mixed(ROWS * band + row + 1L)));
            }
            bands[band] = sum;
        }
        return bands;
    }

    private static long least(long[] hashes, long order) {
        long least = Long.MAX_VALUE;
        for (long hash : hashes) {
            least = Math.min(least, mixed(hash ^ order));
        }
        return least;
    }

    /** SplitMix64's, in which every bit of the input changes half of the output's. */
    private static long mixed(long value) {
        long z = value + 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
