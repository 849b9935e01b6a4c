package dev.laneway.dialects.answers;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Folds the events of an answer into what it said. One answer, one thread. */
public final class AnswerFold {
    private enum Kind {
        TEXT,
        THINKING,
        REDACTED,
        TOOL,
        REFUSAL
    }

    private static final class Block {
        final Kind kind;
        final int tool;
        final String id;
        final String name;
        final StringBuilder text = new StringBuilder();

        @Nullable
        String signature;

        Block(Kind kind, int tool, String id, String name) {
            this.kind = kind;
            this.tool = tool;
            this.id = id;
            this.name = name;
        }

        Part part() {
            return switch (kind) {
                case TEXT -> new Part.Text(text.toString());
                case THINKING -> new Part.Thinking(text.toString(), signature);
                case REDACTED -> new Part.RedactedThinking(text.toString());
                case TOOL -> new Part.ToolUse(id, name, text.toString(), null);
                case REFUSAL -> new Part.Refusal(text.toString());
            };
        }
    }

    /** What one choice said. */
    public static final class Choice {
        private final List<Block> blocks = new ArrayList<>();
        private boolean closed = true;
        private FinishReason reason = FinishReason.STOP;
        private @Nullable String stopSequence;

        /** In the order in which they began. */
        public List<Part> parts() {
            return blocks.stream().map(Block::part).toList();
        }

        public FinishReason reason() {
            return reason;
        }

        public @Nullable String stopSequence() {
            return stopSequence;
        }

        private Block block(Kind kind) {
            if (closed || blocks.getLast().kind != kind) {
                open(new Block(kind, -1, "", ""));
            }
            return blocks.getLast();
        }

        private void open(Block block) {
            blocks.add(block);
            closed = false;
        }

        private void sign(String signature) {
            block(Kind.THINKING).signature = signature;
            closed = true;
        }

        private void redacted(String data) {
            open(new Block(Kind.REDACTED, -1, "", ""));
            blocks.getLast().text.append(data);
            closed = true;
        }

        private void arguments(int index, String json) {
            for (var block : blocks) {
                if (block.tool == index) {
                    block.text.append(json);
                }
            }
        }
    }

    private final SortedMap<Integer, Choice> choices = new TreeMap<>();
    private String vendorModel = "";
    private @Nullable TokenUsage usage;

    public void on(ChatEvent event) {
        switch (event) {
            case ChatEvent.Started(var _, var model) -> vendorModel = model;
            case ChatEvent.TextDelta(var choice, var text) ->
                choice(choice).block(Kind.TEXT).text.append(text);
            case ChatEvent.ReasoningDelta(var choice, var text) ->
                choice(choice).block(Kind.THINKING).text.append(text);
            case ChatEvent.ReasoningSignature(var choice, var signature) ->
                choice(choice).sign(signature);
            case ChatEvent.RedactedReasoning(var choice, var data) ->
                choice(choice).redacted(data);
            case ChatEvent.RefusalDelta(var choice, var text) ->
                choice(choice).block(Kind.REFUSAL).text.append(text);
            case ChatEvent.ToolCallStarted(var choice, var index, var id, var name) ->
                choice(choice).open(new Block(Kind.TOOL, index, id, name));
            case ChatEvent.ToolArgumentsDelta(var choice, var index, var json) ->
                choice(choice).arguments(index, json);
            case ChatEvent.BlockEnded(var choice) -> choice(choice).closed = true;
            case ChatEvent.Finished(var choice, var reason, var stopSequence) -> {
                choice(choice).reason = reason;
                choice(choice).stopSequence = stopSequence;
            }
            case ChatEvent.UsageReported(var reported) -> usage = reported;
            case ChatEvent.Failed _ -> {}
        }
    }

    /** The first choice; what it did not say is empty. */
    public Choice first() {
        return choice(0);
    }

    private Choice choice(int index) {
        return choices.computeIfAbsent(index, _ -> new Choice());
    }

    /** By their index, from 0; at least one. */
    public SortedMap<Integer, Choice> choices() {
        choice(0);
        return choices;
    }

    public String vendorModel() {
        return vendorModel;
    }

    public @Nullable TokenUsage usage() {
        return usage;
    }
}
