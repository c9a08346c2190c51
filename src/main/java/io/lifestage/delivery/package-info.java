/** What becomes of a trigger on the way to whoever acts on it. */
package io.lifestage.delivery;
