package dev.laneway.accounting.commands;

/** Another accounting has, or may have, the writer's right. */
final class NotTheWriter extends RuntimeException {
    NotTheWriter() {
        super("another accounting writes the control topic", null, false, false);
    }
}
