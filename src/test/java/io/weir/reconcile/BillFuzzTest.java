package io.weir.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a provider's books hold, they are read or refused with a sentence. */
class BillFuzzTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final List<String> BOOKS =
            List.of(
                    "start_time,model,num_model_requests,amount_value\r\n1795305600,\"a\"\"b\",1,0.5\r\n",
                    """
                    {"data": [{"start_time": 1795305600, "results": [
                     {"object": "organization.usage.completions.result", "input_tokens": 1,
                      "num_model_requests": 1, "model": "m"},
                     {"object": "organization.costs.result", "line_item": "m, input",
                      "amount": {"value": 0.5, "currency": "usd"}}]}], "next_page": "x"}
                    """);

    @FuzzTest
    void readsOrRefuses(byte[] books) {
        read(books);
    }

    @Test
    void readsOrRefusesDamagedBooks() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String whole = BOOKS.get(i % BOOKS.size());
            byte[] damaged = whole.getBytes(UTF_8);
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) whole.charAt(random.nextInt(whole.length()));
            }
            read(damaged);
        }
    }

    private static void read(byte[] books) {
        Bill bill = new Bill(DAY, DAY.plusDays(1), Projects.TOGETHER);
        try {
            new BillJson(bill).read(books);
        } catch (BillProblem expected) {
            told(expected);
        }
        try {
            new BillCsv(bill).read(new String(books, UTF_8));
        } catch (BillProblem expected) {
            told(expected);
        }
        bill.slots().values().forEach(Billed::nanoUsd);
    }

    private static void told(BillProblem refusal) {
        if (refusal.getMessage() == null || refusal.getMessage().isBlank()) {
            throw new AssertionError("refused without a reason", refusal);
        }
    }
}
