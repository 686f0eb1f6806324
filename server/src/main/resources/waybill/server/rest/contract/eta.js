'use strict';

const COVERAGE = 0.8;
const TOLERANCE = 0.05;
const DELIVERIES_MIN = 50;

const message = document.getElementById('message');
const table = document.querySelector('table');

function distance(row) {
  const km = metres => `${metres / 1000}`;
  return row.metresTo === undefined ? `from ${km(row.metresFrom)} km` : `${km(row.metresFrom)} to ${km(row.metresTo)} km`;
}

function cells(row) {
  const minutes = value => (value === undefined ? '' : `${value.toFixed(1)} min`);
  return [
    row.stage.replace('_', ' '),
    distance(row),
    String(row.deliveries),
    minutes(row.p50ErrorMinutes),
    minutes(row.p90ErrorMinutes),
    minutes(row.meanErrorMinutes),
    minutes(row.laterByMinutes),
    row.coverage === undefined ? '' : `${Math.round(100 * row.coverage)} %`,
  ];
}

function show(rows) {
  table.tBodies[0].replaceChildren(...rows.map(row => {
    const line = document.createElement('tr');
    cells(row).forEach(text => {
      line.insertCell().textContent = text;
    });
    const isOff = row.deliveries >= DELIVERIES_MIN && Math.abs(row.coverage - COVERAGE) > TOLERANCE;
    line.lastChild.classList.toggle('off', isOff);
    return line;
  }));
  table.hidden = false;
}

document.getElementById('request').addEventListener('submit', async event => {
  event.preventDefault();
  message.textContent = '';
  table.hidden = true;
  const token = document.getElementById('token').value.trim();
  const response = await fetch('/api/v1/eta/calibration', {headers: {authorization: `Bearer ${token}`}});
  const body = await response.json();
  if (response.ok) {
    show(body.rows);
  } else {
    message.textContent = body.detail;
  }
});
