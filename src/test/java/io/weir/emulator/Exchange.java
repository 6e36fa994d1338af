package io.weir.emulator;

import io.weir.wire.Headers;
import io.weir.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A request put to an emulator, and all that came back. */
record Exchange(Emulation emulation, List<Emulation.Step> steps) {
    static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
    static final Headers KEY = Headers.of("Authorization", "Bearer sk-any");

    /** A fresh emulator without waits. */
    static Emulator emulator() {
        return new Emulator(EmulatorConfig.zero(), new JtokkitCount(), NOON, 7);
    }

    /** Posts JSON to a fresh emulator. */
    static Exchange post(String path, String json) {
        return with(emulator(), "POST", path, json);
    }

    /** A chat with a fresh emulator; the JSON lacks its outer braces and its messages. */
    static Exchange chat(String model, String question, String more) {
        return post("/v1/chat/completions", chatBody(model, question, more));
    }

    static String chatBody(String model, String question, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":%s}]%s}"
                .formatted(model, JsonText.quoted(question), more.isEmpty() ? "" : "," + more);
    }

    static Exchange with(Emulator emulator, String method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return of(emulator.answer(method, path, null, KEY, bytes));
    }

    /** All of an answer, its steps taken. */
    static Exchange of(Emulation emulation) {
        List<Emulation.Step> steps = new ArrayList<>();
        if (emulation.body() instanceof Emulation.Stream stream) {
            stream.steps().forEachRemaining(steps::add);
        }
        return new Exchange(emulation, steps);
    }

    int status() {
        return emulation.status();
    }

    /** Every byte sent. */
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        switch (emulation.body()) {
            case Emulation.Whole whole -> all.writeBytes(whole.bytes());
            case Emulation.Torn torn -> all.writeBytes(torn.bytes());
            case Emulation.Stream stream -> steps.forEach(step -> all.writeBytes(step.bytes()));
        }
        return all.toByteArray();
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    JsonNode json() {
        return Json.MAPPER.readTree(bytes());
    }

    /** The {@code data} of every event but the last {@code [DONE]}. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("data: {") && line.endsWith("}")) {
                events.add(Json.MAPPER.readTree(line.substring(6)));
            }
        }
        return events;
    }

    /** What the first choice says, whole or streamed. */
    String said() {
        return said(0);
    }

    /** What a choice says, whole or streamed. */
    String said(int choice) {
        if (emulation.body() instanceof Emulation.Whole) {
            return json().path("choices").path(choice).path("message").path("content").asString();
        }
        StringBuilder said = new StringBuilder();
        for (JsonNode event : events()) {
            for (JsonNode one : event.path("choices")) {
                if (one.path("index").asInt() == choice) {
                    said.append(one.path("delta").path("content").asString(""));
                }
            }
        }
        return said.toString();
    }

    /** The first choice's finish reason, whole or streamed. */
    String finishReason() {
        if (emulation.body() instanceof Emulation.Whole) {
            return json().path("choices").path(0).path("finish_reason").asString();
        }
        return events().stream()
                .map(event -> event.path("choices").path(0).path("finish_reason").asString(""))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The usage, whole or streamed. */
    JsonNode usage() {
        return emulation.body() instanceof Emulation.Whole
                ? json().path("usage")
                : events().getLast().path("usage");
    }

    /** The error. */
    JsonNode error() {
        return json().path("error");
    }

    /** All the time it takes. */
    Duration duration() {
        return steps.stream()
                .map(Emulation.Step::before)
                .reduce(emulation.beforeHead(), Duration::plus);
    }
}
