package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code system} and {@code messages}. Instructions go to {@code system}, wherever they stood; turns alternate, so messages of
 * one side in a row become one; results of tools are the user's; a conversation begins with the user.
 */
final class TurnWriter {
    private final Losses losses;
    private final BlockWriter blocks;

    TurnWriter(BedrockModel model, Losses losses) {
        this.losses = losses;
        this.blocks = new BlockWriter(model, losses);
    }

    /** @param instruction to be added to the system's; empty for none */
    void write(List<Message> messages, String instruction, ObjectNode root) {
        var instructions = new ArrayList<Part>();
        var turns = Json.object().putArray("messages");
        for (var message : messages) {
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> {
                    if (!turns.isEmpty()) {
                        losses.approximated("a system message after the first turn", "moved to the front");
                    }
                    instructions.addAll(message.parts());
                }
                case USER, TOOL -> turn("user", message, turns);
                case ASSISTANT -> turn("assistant", message, turns);
            }
        }
        if (turns.isEmpty()) {
            losses.approximated("the system message", "as the user's, since there is no other");
            turn("user", new Message(Role.USER, instructions), turns);
            instructions.clear();
        }
        if (!instruction.isEmpty()) {
            instructions.add(new Part.Text(instruction));
        }
        var system = Json.object().putArray("system");
        instructions.forEach(part -> blocks.write(part, system));
        if (!system.isEmpty()) {
            root.set("system", system);
        }
        begin(turns);
        turns.forEach(this::captioned);
        trim(turns);
        root.set("messages", turns);
    }

    private void turn(String role, Message message, ArrayNode turns) {
        var content = Json.object().putArray("content");
        message.parts().forEach(part -> blocks.write(part, content));
        if (message.name() != null) {
            losses.dropped("messages.name", "Converse has no such field");
        }
        if (content.isEmpty()) {
            return;
        }
        var last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
        if (last instanceof ObjectNode before && before.path("role").asText().equals(role)) {
            before.withArrayProperty("content").addAll(content);
        } else {
            turns.addObject().put("role", role).set("content", content);
        }
    }

    /** A conversation that the assistant opened, say by a greeting, gets a beginning. */
    private void begin(ArrayNode turns) {
        if (turns.isEmpty()) {
            losses.refuse("The request has no message with content.");
        } else if (turns.get(0).path("role").asText().equals("assistant")) {
            losses.approximated("messages", "a user's turn put before the first");
            turns.insertObject(0)
                    .put("role", "user")
                    .putArray("content")
                    .addObject()
                    .put("text", "Hello.");
        }
    }

    /** A turn with a document must have a text too. */
    private void captioned(JsonNode turn) {
        var content = (ArrayNode) turn.path("content");
        if (content.findValue("document") != null && content.findValue("text") == null) {
            losses.approximated("a message with a document only", "with a text before it");
            content.insertObject(0).put("text", "Document:");
        }
    }

    /** A last turn of the assistant is a beginning to go on from, and must not end in white space. */
    private static void trim(ArrayNode turns) {
        var last = turns.path(turns.size() - 1);
        if (last.path("role").asText().equals("assistant")
                && last.path("content").path(last.path("content").size() - 1) instanceof ObjectNode block
                && block.has("text")) {
            block.put("text", block.path("text").asText().stripTrailing());
        }
    }
}
