/** A live page and an API beside the job: what the topics say, and who is doing how. */
package io.lifestage.console;
