/** The job: its options, what it reads and writes, and the one method that wires it together. */
package io.lifestage.job;
