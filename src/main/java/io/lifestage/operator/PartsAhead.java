package io.lifestage.operator;

import io.lifestage.offer.Part;
import java.util.List;

/**
 * What one product is to take once time has come to it.
 *
 * @param parts in no order
 */
record PartsAhead(List<Part> parts) {}
