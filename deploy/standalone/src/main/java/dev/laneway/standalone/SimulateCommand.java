package dev.laneway.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code simulate}: placeholder wired below. */
@Command(name = "simulate", mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
