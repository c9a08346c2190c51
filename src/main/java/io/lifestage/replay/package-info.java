/** Playing what happened, or might, through the engine again, and looking at what it says. */
package io.lifestage.replay;
