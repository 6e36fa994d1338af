package io.weir.meter;

import io.weir.wire.AnswerFacts;
import java.util.List;

/** Lets an answer pass unread. */
final class PassingWatch implements AnswerWatch {
    @Override
    public void feed(byte[] bytes, int offset, int length, Pending client) {}

    @Override
    public void finish(Pending client) {}

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public boolean begun() {
        return false;
    }

    @Override
    public long events() {
        return 0;
    }

    @Override
    public AnswerFacts facts() {
        return AnswerFacts.NONE;
    }

    @Override
    public List<String> texts() {
        return List.of();
    }
}
