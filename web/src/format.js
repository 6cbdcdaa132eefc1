// Numbers, times and words as people read them.

export const count = number => Math.round(number ?? 0).toLocaleString('en')

export function share (part, of) {
  return of > 0 ? percent(part / of) : '–'
}

// Rounded down, as on the terminal: what is shown was reached.
export function percent (value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  const hundredths = value * 100
  if (hundredths > 0 && hundredths < 0.1) return '< 0.1 %'
  const tenths = Math.floor(hundredths * 10 + 1e-6) / 10
  return `${tenths.toFixed(tenths >= 100 || tenths === 0 ? 0 : 1)} %`
}

export const counted = (number, one, many = one + 's') => `${count(number)} ${number === 1 ? one : many}`

export const decimal = number => number === null || number === undefined ? '–' : number.toFixed(2)

// Seconds as the largest two units that say something.
export function lag (seconds) {
  if (seconds === null || seconds === undefined) return 'unknown'
  const sign = seconds < 0 ? '−' : ''
  let rest = Math.abs(Math.round(seconds))
  if (rest === 0) return '0 s'
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]]
  const found = []
  for (const [unit, size] of units) {
    const whole = Math.floor(rest / size)
    rest -= whole * size
    if (whole > 0) found.push(`${whole} ${unit}`)
    else if (found.length > 0) break
    if (found.length === 2) break
  }
  return sign + found.join(' ')
}

// A time of ISO 8601 as it is precise.
export function time (iso) {
  if (!iso) return 'no date'
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d.*Z$/.test(iso) ? iso.slice(0, 16).replace('T', ' ') + ' UTC' : iso
}

// Milliseconds of a time, or null.
export function instant (iso) {
  const value = iso ? Date.parse(iso) : NaN
  return Number.isNaN(value) ? null : value
}

export const words = name => String(name ?? 'unknown').replaceAll('_', ' ')
