package io.lifestage.operator;

import io.lifestage.wire.OutputEncoder;
import java.io.Serializable;

/** Makes an encoder on the machine on which an operator runs; asks the registry for schema ids. */
@FunctionalInterface
public interface OutputEncoderFactory extends Serializable {

  /** A new encoder, for the use of one thread. */
  OutputEncoder create() throws Exception;
}
