import nodemailer, { type Transporter } from 'nodemailer'

/** The mail server and the sender that the settings name. */
export interface PostSettings {
  readonly SMTP_URL: string
  readonly MAIL_FROM: string
}

/** How long a mail server may take. Unit: milliseconds. */
const PATIENCE = 20_000

/** The way to the mail server of the settings. Whoever opens it closes it. */
export function openPost({ SMTP_URL }: PostSettings): Transporter {
  return nodemailer.createTransport({
    url: SMTP_URL,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  })
}
