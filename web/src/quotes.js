// Quotations: the same words of somebody in several articles, with other wording or another speaker.
import { view as stories } from './story.js'

export const view = (context, given) => stories(context, given, {
  route: 'quotations',
  wanted: cluster => cluster.kind === 'quote' || (cluster.flags ?? []).some(flag => flag === 'quote' || flag === 'quote_altered'),
  empty: 'No quotation is carried by several articles.'
})
