package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import java.util.Optional;

/** The entities that the control topic holds, each in its newest version. */
public interface ControlLog {
    Optional<Control.Config> config();

    Optional<Control.MasterKey> masterKey();
}
